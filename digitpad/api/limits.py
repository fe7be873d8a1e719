"""How much the server takes, and for how long it waits."""

# A picture of 10 MB, as the web app takes, and in base64 a third more.
MOST_MEGABYTES = 16
MOST_BYTES = MOST_MEGABYTES * 2**20  # of one request
MOST_HELD = 8 * MOST_BYTES  # of all requests at once, in each process
MOST_PICTURES = 64  # of one request
MOST_PAGES = 50  # of one request, of all its files
MOST_WAITING = 256  # pictures that wait to be read, in each process: a quarter of a second of canvases
MOST_FILES_WAITING = 64  # files of numbers that wait, which take longer
MOST_CONNECTIONS = 1000  # that are open at once, in each process
REQUEST_WITHIN = 10.0  # seconds until the first line and the headers of a request must be there
BODY_WITHIN = 60.0  # seconds until all of it must
RETRY_AFTER = 1  # seconds
