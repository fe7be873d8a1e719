"""The pad in a browser, made with Streamlit; start it with `digitpad-web`."""
