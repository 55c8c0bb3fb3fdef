"""What editors of the demonstration taught the search: words that people use and guidance does not,
and what is shown first for a common question."""

SYNONYMS = (
    "consult, ask, seek views",
    "council, authority",
    "village hall, community building",
    "citizens, residents, local people",
)
PROMOTED = (
    ("how do we involve people", "local-priorities", "2.4"),
    ("how do we involve people", "local-priorities", "2.3"),
    ("community buildings", "community-buildings", ""),
)
"""A search, the document, and the number of the paragraph; none means the document itself."""
