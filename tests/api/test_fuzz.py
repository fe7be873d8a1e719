"""Requests as nobody would send them, made from what the server says of itself: no error of the program, no hang."""

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

A_FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# A schema can't say what a picture is, nor that what it does not name is not looked at.
NOT_TOLD_BY_A_SCHEMA = [positive_data_acceptance, negative_data_rejection]
SECONDS = 20  # until an answer must be there, on a busy machine too


def test_every_answer_is_as_the_server_describes_it(server):
    schema = schemathesis.openapi.from_url(f"{server.address}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {operation.path for operation in operations} >= {"/v1/read", "/v1/numbers", "/v1/models", "/metrics"}
    for operation in operations:
        for mode in GenerationMode if operation.method == "post" else [GenerationMode.POSITIVE]:

            @A_FEW
            @given(case=operation.as_strategy(generation_mode=mode))
            def is_answered(case):
                case.call_and_validate(timeout=SECONDS, excluded_checks=NOT_TOLD_BY_A_SCHEMA)

            is_answered()
    assert server.get("/health/live").ok
