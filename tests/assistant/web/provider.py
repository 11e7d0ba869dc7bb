"""A small OpenID provider that follows the standards, on a port of this machine, and can lie."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from dataclasses import dataclass, field

import uvicorn
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    AuthorizationServer,
    ClientMixin,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

CLIENT = "sip-assistenten"
CLIENT_SECRET = "klientens-hemlighet-i-testerna"
KEY_ID = "nyckel-1"


@dataclass
class Client(ClientMixin):
    redirects: list[str]

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.redirects[0]

    def get_allowed_scope(self, scope):
        return " ".join(s for s in scope.split() if s in ("openid", "profile"))

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri in self.redirects

    def check_client_secret(self, client_secret):
        return hmac.compare_digest(client_secret, CLIENT_SECRET)

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    redirect_uri: str
    scope: str
    nonce: str
    user: dict
    code_challenge: str
    code_challenge_method: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class Asked(OAuth2Request):
    def __init__(self, request: Request, form: dict):
        super().__init__(request.method, str(request.url), headers=request.headers)
        self.payload = BasicOAuth2Payload({**request.query_params, **form})
        self._args, self._form = dict(request.query_params), form

    @property
    def args(self):
        return self._args

    @property
    def form(self):
        return self._form


class Server(AuthorizationServer):
    def __init__(self, client):
        super().__init__(["openid", "profile"])
        self.client = client
        made = BearerTokenGenerator(lambda *_, **__: generate_token(42))
        self.register_token_generator("default", made)

    def query_client(self, client_id):
        return self.client if client_id == CLIENT else None

    def save_token(self, token, request):
        pass

    def create_oauth2_request(self, request):
        return request

    def handle_response(self, status, body, headers):
        if isinstance(body, dict):
            return JSONResponse(body, status, dict(headers))
        return Response(body, status, dict(headers))

    def send_signal(self, name, *args, **kwargs):
        pass


def grant(codes):
    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code, request):
            asked = request.payload.data
            codes[code] = Code(
                code,
                asked["redirect_uri"],
                asked["scope"],
                asked.get("nonce", ""),
                request.user,
                asked.get("code_challenge", ""),
                asked.get("code_challenge_method", ""),
            )

        def query_authorization_code(self, code, client):
            return codes.get(code)

        def delete_authorization_code(self, authorization_code):
            codes.pop(authorization_code.code)

        def authenticate_user(self, authorization_code):
            return authorization_code.user

    return Grant


def encoded(value) -> str:
    written = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()


class IdToken(OpenIDCode):
    """Honest unless the provider has been told to lie."""

    def __init__(self, provider):
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce, request):
        return False

    def resolve_client_private_key(self, client):
        return self.provider.key

    def get_client_claims(self, client):
        return {"iss": self.provider.issuer, "aud": [CLIENT]}

    def get_encode_header(self, client):
        return {"alg": "RS256", "kid": KEY_ID}

    def generate_user_info(self, user, scope):
        return UserInfo(user)

    def encode_id_token(self, token, request):
        honest = super().encode_id_token(token, request)
        claims = dict(jwt.decode(honest, self.provider.key, ["RS256"]).claims)
        claims |= self.provider.lies
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.provider.signed, "kid": KEY_ID}
        match self.provider.signed:
            case "RS256":
                return jwt.encode(header, claims, self.provider.signing, ["RS256"])
            case "none":
                return f"{encoded(header)}.{encoded(claims)}."
            case "HS256":  # with what a stranger knows: the provider's public key
                body = f"{encoded(header)}.{encoded(claims)}"
                public = self.provider.key.as_pem(private=False)
                return f"{body}.{encoded(hmac.digest(public, body.encode(), hashlib.sha256))}"
        raise ValueError(self.provider.signed)

    def process_token(self, grant, response):
        token = super().process_token(grant, response)
        if self.provider.withholds:
            token.pop("id_token")
        return token


class Provider:
    """Runs until `stop`. What it says is changed by its attributes."""

    def __init__(self, redirects):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.issuer = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.key = RSAKey.generate_key(2048, {"kid": KEY_ID, "use": "sig", "alg": "RS256"})
        self.other = RSAKey.generate_key(2048, {"kid": KEY_ID})
        self.requests: list[dict] = []
        self.honest()
        codes: dict[str, Code] = {}
        self.server = Server(Client(redirects))
        self.server.register_grant(grant(codes), [IdToken(self), CodeChallenge(required=True)])
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.metadata),
                Route("/jwks", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
            ]
        )
        self.uvicorn = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
        self.thread = threading.Thread(target=self.uvicorn.run, args=([self.socket],), daemon=True)
        self.thread.start()

    def honest(self):
        self.user = {"sub": "19-vera", "name": "Vera Ek", "roles": ["superuser"]}
        self.lies, self.said = {}, {}
        self.signed, self.signing = "RS256", self.key
        self.withholds = False

    def stop(self):
        self.uvicorn.should_exit = True
        self.thread.join(10)

    async def metadata(self, request):
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                **self.said,
            }
        )

    async def keys(self, request):
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request):
        asked = Asked(request, {})
        self.requests.append(asked.payload.data)
        consent = self.server.get_consent_grant(asked, self.user)
        return self.server.create_authorization_response(asked, self.user, grant=consent)

    async def token(self, request):
        return self.server.create_token_response(Asked(request, dict(await request.form())))
