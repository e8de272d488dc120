import json

import boto3

SECRET_ID = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-db"


def database_password():
    client = boto3.client("secretsmanager")
    secret = client.get_secret_value(SecretId=SECRET_ID)
    password = json.loads(secret["SecretString"])["password"]
    return password
