"""Serves a folder as a host does that reads _headers: serve.py PORT FOLDER [CERTIFICATE KEY]"""
import functools, http.server, pathlib, re, ssl, sys


def rules(folder):
    found, path = [], None
    file = pathlib.Path(folder, "_headers")
    for line in file.read_text().splitlines() if file.exists() else []:
        if line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            found[-1][1].append((name, value))
        else:
            pattern = re.sub(r":\w+", "[^/]+", re.escape(line).replace(r"\:", ":").replace(r"\*", ".*"))
            found.append((re.compile(pattern + "$"), []))
    return found


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def send_head(self):
        del self.headers["If-Modified-Since"]  # it counts in seconds, and two builds fit into one
        self.own = [h for pattern, headers in rules(self.directory) if pattern.match(self.path.split("?")[0]) for h in headers]
        return super().send_head()

    def guess_type(self, path):
        for name, value in self.own:
            if name == "Content-Type":
                return value
        return super().guess_type(path)

    def end_headers(self):
        for name, value in getattr(self, "own", []):
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def send_header(self, name, value):
        super().send_header("Content-Type" if name == "Content-type" else name, value)  # one client minds the case

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), functools.partial(Handler, directory=sys.argv[2]))
if len(sys.argv) > 4:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
