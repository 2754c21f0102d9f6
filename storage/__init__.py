"""The storage service: keeps recordings and shows them to people who have logged in."""
