"""The recognizer over HTTP: `digitpad serve`."""
