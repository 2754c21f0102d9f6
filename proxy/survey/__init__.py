"""What a site's pages hold that somebody should mend or know of: fields, collectors, policies (docs/survey.md)."""
