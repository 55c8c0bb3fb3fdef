"""The registers in the admin: list, search, filter, inspect, add."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guidance.models import AuthorityType, Duty, Instrument, Provision

pytestmark = pytest.mark.django_db
MODELS = ("instrument", "provision", "duty", "authoritytype")


@pytest.fixture
def duty():
    duty = Duty.objects.create(title="Duty to walk", commences="Early 2008")
    duty.binds.add(AuthorityType.objects.get(name="best value authorities"))
    duty.excepts.add(AuthorityType.objects.get(name="police authorities"))
    return duty


@pytest.fixture
def provision():
    return Provision.objects.create(
        instrument=Instrument.objects.get(path="ukpga/2007/28"), place="section/138"
    )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("role", "allowed"), [("member", False), ("Editors", True)])
def test_editors_see_the_registers(as_role, duty, provision, model, role, allowed):
    client = as_role(role)
    row = {"duty": duty, "provision": provision}.get(model) or (
        Instrument if model == "instrument" else AuthorityType
    ).objects.first()
    for address in (
        reverse(f"guidance_{model}_modeladmin_index"),
        reverse(f"guidance_{model}_modeladmin_create"),
        reverse(f"guidance_{model}_modeladmin_edit", args=[row.pk]),
        reverse(f"guidance_{model}_modeladmin_inspect", args=[row.pk]),
    ):
        assert (client.get(address).status_code == 200) is allowed, address


def test_a_duty_is_listed_with_whom_it_binds_and_excepts(as_role, duty):
    client = as_role("Editors")
    page = client.get(reverse("guidance_duty_modeladmin_index") + "?q=walk").content.decode()
    assert "best value authorities" in page
    assert "police authorities" in page
    assert "Early 2008" in page
    none = client.get(reverse("guidance_duty_modeladmin_index") + "?q=swim").content.decode()
    assert "Duty to walk" not in none


def test_duties_are_filtered_by_whom_they_bind(as_role, duty):
    client = as_role("Editors")
    index = reverse("guidance_duty_modeladmin_index")
    kinds = AuthorityType.objects
    bound = kinds.get(name="best value authorities").pk
    other = kinds.get(name="partner authorities").pk
    assert "Duty to walk" in client.get(f"{index}?binds__id__exact={bound}").content.decode()
    assert "Duty to walk" not in client.get(f"{index}?binds__id__exact={other}").content.decode()


def test_an_instrument_shows_its_provisions_and_its_address(as_role, provision):
    client = as_role("Editors")
    instrument = provision.instrument
    page = client.get(reverse("guidance_instrument_modeladmin_inspect", args=[instrument.pk]))
    assert "section 138" in page.content.decode()
    listed = client.get(reverse("guidance_instrument_modeladmin_index")).content.decode()
    assert "https://www.legislation.gov.uk/ukpga/2007/28" in listed


def test_a_date_that_cannot_be_read_is_refused_at_its_field(as_role):
    answer = as_role("Editors").post(
        reverse("guidance_duty_modeladmin_create"),
        {"title": "Duty to wait", "commences": "when the tide turns"},
    )
    assert "is not a date that can be read" in answer.content.decode()
    assert not Duty.objects.exists()


def test_only_administrators_delete_from_a_register(as_role, duty):
    address = reverse("guidance_duty_modeladmin_delete", args=[duty.pk])
    as_role("Publishers").post(address)
    assert Duty.objects.exists()
    as_role("Administrators").post(address)
    assert not Duty.objects.exists()


def test_an_instrument_that_provisions_belong_to_cannot_be_deleted(as_role, provision):
    address = reverse("guidance_instrument_modeladmin_delete", args=[provision.instrument_id])
    answer = as_role("superuser").post(address)
    assert answer.status_code == 200
    assert Instrument.objects.filter(pk=provision.instrument_id).exists()


def test_the_first_rows_name_the_acts_and_the_classes_of_authority():
    assert Instrument.objects.filter(path="ukpga/1999/27").exists()
    included = AuthorityType.objects.get(name="partner authorities").includes
    assert included.count() == 27
    assert AuthorityType.objects.get(name="responsible local authorities").includes.count() == 5
