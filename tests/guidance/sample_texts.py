"""Small documents written for the tests, as an editor would send them."""

FIRST = """# Clean rivers: guidance for drainage authorities

## 1 Keeping a river clean

1.1 A drainage authority should walk each of its rivers once a year.

1.2 It should write down what it finds, and publish it.

1.3 Where a river is foul, the authority must say who is to clean it.

## 2 Asking people

2.1 People who live beside a river know it best.

2.2 An authority should ask them before it decides.
"""

SECOND = """# Clean rivers: guidance for drainage authorities

## 1 Keeping a river clean

1.1 A drainage authority should walk each of its rivers once a year.

1.2 It should write down what it finds there, and publish it within a month.

1.3 An authority may ask volunteers to help it with the walking, if they are insured.

1.4 Where a river is foul, the authority must say who is to clean it.

## 2 Asking people

2.1 People who live beside a river know it best.
"""

REPEATED = """# Rivers

## 1 Rivers

1.1 One number stands here and is read first.

1.2 Then a second paragraph stands here.

1.2 Then the same number stands a second time.

1.3 And the text goes on to its end.
"""


def text_file(words: str) -> bytes:
    return words.encode()
