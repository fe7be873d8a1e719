# The web app for others; docs/server.md says how to build and run it.
FROM python:3.13-slim

# What a visitor draws is not written anywhere, so nothing in the image belongs to the user who serves it.
RUN useradd --system --no-create-home --uid 10001 digitpad
WORKDIR /app

# The packages first: this layer, which takes minutes, stays until the requirements change. The extras for training, for
# the desktop and for the tests are left out, and with them TensorFlow and Qt.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
print(*project['dependencies'], *project['optional-dependencies']['web'], sep='\n')" > /tmp/requirements.txt \
 && pip install --no-cache-dir --disable-pip-version-check -c constraints.txt -r /tmp/requirements.txt \
 && rm /tmp/requirements.txt

COPY . /tmp/digitpad
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps /tmp/digitpad && rm -r /tmp/digitpad

# Models of your own are looked for in /data/digitpad/models.
ENV XDG_DATA_HOME=/data
USER digitpad
EXPOSE 8501
# Another port, or a sub path, comes as these variables, and the health address follows them.
ENV STREAMLIT_SERVER_PORT=8501 STREAMLIT_SERVER_BASE_URL_PATH=""
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD python -c "import os, urllib.request; \
server = 'http://127.0.0.1:' + os.environ['STREAMLIT_SERVER_PORT']; \
parts = [server, os.environ['STREAMLIT_SERVER_BASE_URL_PATH'].strip('/'), '_stcore/health']; \
urllib.request.urlopen('/'.join(filter(None, parts)), timeout=4)"
CMD ["digitpad-web", "--address", "0.0.0.0", "--no-browser"]
