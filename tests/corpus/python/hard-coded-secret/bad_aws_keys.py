import boto3

AWS_ACCESS_KEY_ID = "AKIAQ7XN2LPV4KDT6HZR"  # expect: CWE-798
REGION = "eu-central-1"


def client(secret):
    return boto3.client(
        "s3", region_name=REGION, aws_access_key_id=AWS_ACCESS_KEY_ID, aws_secret_access_key=secret
    )
