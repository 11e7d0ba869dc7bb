"""A server that speaks OpenAI's protocol, or Ollama's, and fails as it is told to."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Faulty:
    """Answers each request with the next of `plan`, the last for ever.

    A step is the text to say, or a dict: `status` (with `headers`, `body`), `say` with `pause`
    seconds between words, `cut_after` words or `garbage` in place of the stream, `hang` seconds
    before anything.
    """

    def __init__(self):
        self.plan: list[Any] = []
        self.asked: list[dict[str, Any]] = []
        self.broken_off = threading.Event()  # somebody hung up while we were talking
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def do_POST(self):
                length = int(self.headers["content-length"])
                body = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append({"path": self.path, "headers": headers, **body})
                step = server.plan.pop(0) if len(server.plan) > 1 else server.plan[0]
                step = {"say": step} if isinstance(step, str) else step
                self.close_connection = True
                try:
                    self._reply(step, body)
                except (BrokenPipeError, ConnectionResetError):
                    server.broken_off.set()

            def _reply(self, step, body):
                time.sleep(step.get("hang", 0))
                if "status" in step:
                    self._send(step["status"], step.get("body", {}), step.get("headers", {}))
                    return
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("connection", "close")
                self.end_headers()
                if self.path == "/api/chat":
                    self._as_ollama(step["say"])
                    return
                if "garbage" in step:
                    self.wfile.write(step["garbage"])
                    return
                words = step["say"].split(" ")
                for number, word in enumerate(words):
                    if number == step.get("cut_after"):
                        return
                    time.sleep(step.get("pause", 0))
                    text = word if number == len(words) - 1 else word + " "
                    self._event({"delta": {"role": "assistant", "content": text}, "index": 0})
                self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
                self._chunk({"choices": [], "usage": USAGE})
                self.wfile.write(b"data: [DONE]\n\n")

            def _as_ollama(self, text):
                for word in text.split(" "):
                    self._row({"message": {"role": "assistant", "content": f"{word} "}})
                counts = {"prompt_eval_count": 1000, "eval_count": 23}
                end = {"message": {"role": "assistant", "content": ""}, "done_reason": "stop"}
                self._row(end | counts, done=True)

            def _row(self, fields, *, done=False):
                head = {"model": "m", "created_at": "2026-11-23T12:00:00Z", "done": done}
                self.wfile.write(f"{json.dumps(head | fields)}\n".encode())
                self.wfile.flush()

            def _event(self, choice):
                self._chunk({"choices": [choice]})

            def _chunk(self, fields):
                head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
                self.wfile.write(f"data: {json.dumps(head | fields)}\n\n".encode())
                self.wfile.flush()

            def _send(self, status, fields, headers):
                text = json.dumps(fields).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}/v1"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


USAGE = {"prompt_tokens": 1000, "completion_tokens": 23, "total_tokens": 1023}
