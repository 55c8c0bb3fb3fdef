"""How long tantivy itself takes to index the same text, asked for nothing else: four English text
fields with positions, kept as they are. What is added to it is ready before the clock runs.
"""

from __future__ import annotations

import os
from collections import deque
from time import perf_counter

import tantivy

from bench.corpus import units
from bench.searching_timing import give

FIELDS = ("title", "trail", "section", "body")
HEAP = 512 << 20


def build(folder: str, count: str) -> float:
    """Seconds, until all of it is committed and merged."""
    schema = tantivy.SchemaBuilder()
    for name in FIELDS:
        schema.add_text_field(name, stored=True, tokenizer_name="en_stem")
    index = tantivy.Index(schema.build(), folder)
    rows = deque((u.title, " ".join(u.trail), u.section_title, u.text) for u in units(int(count)))
    started = perf_counter()
    writer = index.writer(HEAP, num_threads=os.cpu_count() or 1)
    while rows:
        title, trail, section, body = rows.popleft()
        writer.add_document(tantivy.Document(title=title, trail=trail, section=section, body=body))
    writer.commit()
    writer.wait_merging_threads()
    return perf_counter() - started


if __name__ == "__main__":
    give({"build": build})
