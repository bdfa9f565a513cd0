"""What does a nomenklatura scorer say of pairs of entities? JSON lines in, one score a line out, the seconds last.

Run by peers.py with the Python of the peers' own environment, where landwaiter is not installed.
"""

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm


def main() -> None:
    scorer = get_algorithm(sys.argv[1])
    config = scorer.default_config()
    pairs = [json.loads(line) for line in sys.stdin]
    warm = entity("Person", {"name": ["Anna Kowalska"]}, "warm")
    scorer.compare(warm, warm, config)
    begun = time.perf_counter()
    for number, pair in enumerate(pairs):
        left, right = (entity(pair["schema"], pair[side], f"{side}-{number}") for side in ("left", "right"))
        print(round(scorer.compare(left, right, config).score, 4))
    print(time.perf_counter() - begun)


def entity(schema: str, properties: dict[str, list[str]], identifier: str) -> object:
    made = model.make_entity(schema if schema in model.schemata else "LegalEntity")
    made.id = identifier
    for name, values in properties.items():
        if name in made.schema.properties:
            made.add(name, values, quiet=True)
    return made


if __name__ == "__main__":
    main()
