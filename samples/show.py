"""Prints a document's outline from its JSON: `python samples/show.py FILE`."""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
meeting = document["meeting"]
print(f"   {document['kind']}: {meeting['body']}, {meeting['date']} {meeting['start'] or ''}, {meeting['place']}")
for item in document["items"]:
    print(f"   {item['number'] or '-':>3}  {item['title'][:66]}  [{item['case_number'] or '-'}]")
    print("        " + ", ".join(s["kind"] for s in item["sections"]))
    for decision in item["decisions"]:
        print("        » " + decision["text"].splitlines()[0][:90])
