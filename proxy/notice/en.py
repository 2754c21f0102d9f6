"""English."""

from __future__ import annotations

from proxy.notice.words import Words

ENGLISH = Words(
    here="this website",
    conjunction="and",
    records="On {hosts} we record visits in order to [purpose, such as: find faults and obstacles on our pages]. "
    "What is recorded is which pages are opened and how they look, and movements of the mouse, clicks, scrolling "
    "and the size of the window.",
    share="This happens for {share} of the visits.",
    text_masked="All text of the pages is made unreadable before.",
    text_shown="The text of the pages is recorded as it is shown to you; it may say something about you, such as "
    "your name when you are logged in.",
    text_parts_masked="In it, {masked} are made unreadable.",
    numbers="long numbers",
    emails="e-mail addresses",
    ips="IP addresses",
    forms_none="What you enter into forms is not recorded.",
    forms_harmless="Of what you enter into forms, only harmless things are recorded, such as search terms, "
    "quantities and chosen options.",
    forms_personal="Of what you enter into forms, personal data is recorded as well, such as your name, address, "
    "e-mail address and telephone number.",
    secrets="Passwords, numbers of cards and accounts, codes and data about health are recognised by a program "
    "and removed before anything is stored.",
    address="Your IP address is no part of the recording.",
    impersonal="No personal data is recorded.",
    stored_here="The recordings are kept on our own servers in [place]; they are sent nowhere else.",
    stored_in="The recordings are kept on servers in the region {region} [place, such as: Frankfurt]; they are "
    "sent nowhere else.",
    kept_for="They are deleted after [time].",
    visit_tab="So that the pages of a visit come together, your browser keeps a random identifier until the tab "
    "is closed (sessionStorage), and short check values of what was made unreadable.",
    visit_page="Nothing is stored in your browser for it.",
    basis="The legal basis is [legal basis, such as: Art. 6(1)(f) GDPR, and our interest in it].",
    mode_none="You can object to the recording: [how].",
    mode_notice="A notice on the page tells you so and lets you refuse. Your browser remembers a refusal for a "
    "year (cookie “milchglas=off”).",
    mode_opt_in="Nothing is recorded before you have agreed; the legal basis is your consent (Art. 6(1)(a) "
    "GDPR). You can withdraw it at any time: [how]. Your browser remembers a refusal for a year (cookie "
    "“milchglas=off”).",
    gpc="If your browser sends the signal “Global Privacy Control”, nothing is recorded.",
    rights="For access to your data, its deletion and your other rights: [contact].",
    others="[Other tools on this website that collect data, and who offers them.]",
)
