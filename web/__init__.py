"""The pad in a browser, made with Streamlit; start it with `streamlit run web/app.py`."""
