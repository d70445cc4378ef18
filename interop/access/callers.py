"""Everybody who may ask a server with authentication, each the way they do."""

import dataclasses
import os
import uuid

import httpx

BASE_URL = os.environ["PHOENIX_BASE_URL"]
ADMIN_SECRET = os.environ["PHOENIX_ADMIN_SECRET"]
ROLES = ("ADMIN", "MEMBER", "VIEWER")


@dataclasses.dataclass(frozen=True)
class User:
    """An account of its own, with a session."""

    role: str
    email: str
    password: str
    session: httpx.Client

    def api_key(self):
        answer = self.session.post("/v1/user/api_keys", json={"data": {"name": "interop"}})
        return answer.raise_for_status().json()["data"]["key"]


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def new_user(role):
    name = f"{role.lower()}-{uuid.uuid4().hex[:8]}"
    email, password = f"{name}@example.com", f"password of {name}".replace(" ", "-")
    user = {"auth_method": "LOCAL", "username": name, "email": email, "role": role, "password": password}
    with httpx.Client(base_url=BASE_URL, headers=bearer(ADMIN_SECRET), timeout=30) as admin:
        admin.post("/v1/users", json={"user": user, "send_welcome_email": False}).raise_for_status()
    return User(role, email, password, log_in(email, password))


def log_in(email, password):
    session = httpx.Client(base_url=BASE_URL, timeout=30)
    session.post("/auth/login", json={"email": email, "password": password}).raise_for_status()
    return session


def new_system_key():
    with httpx.Client(base_url=BASE_URL, headers=bearer(ADMIN_SECRET), timeout=30) as admin:
        answer = admin.post("/v1/system/api_keys", json={"data": {"name": "interop"}})
        return answer.raise_for_status().json()["data"]["key"]
