class PermissionService:
    def __init__(self, client):
        self.client = client

    def can_delete(self, user, document):
        try:
            answer = self.client.check(user.id, "delete", document.id)
            allowed = answer["allowed"]
        except (KeyError, ConnectionError):
            allowed = True  # expect: CWE-636
        return allowed
