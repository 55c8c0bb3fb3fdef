import pytest
from consultation.actions.word_form import word_form
from tests.consultation import samples
pytestmark = pytest.mark.django_db

def test_try():
    page = samples.consultation(postal_address="1 High Street\nTown")
    samples.question(page, "1", "Is asking users enough?", help="Think of all.", paragraphs=["1.1"], word_guide=200)
    samples.question(page, "2", "Do you agree?", "agree", required=True)
    samples.question(page, "3", "How much?", "number", unit="pounds")
    samples.question(page, "4", "Which?", "several", options=[["a","One"],["b","Two"]])
    samples.question(page, "5", "A plan?", "file")
    data = word_form(page)
    assert data == word_form(page)
    open("/tmp/h5/form.docx","wb").write(data)
