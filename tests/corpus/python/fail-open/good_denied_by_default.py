import logging


class PermissionService:
    def __init__(self, client):
        self.client = client

    def can_delete(self, user, document):
        allowed = False
        try:
            allowed = self.client.check(user.id, "delete", document.id)["allowed"]
        except (KeyError, ConnectionError):
            logging.exception("permission service failed")
        return allowed
