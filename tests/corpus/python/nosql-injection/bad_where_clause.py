from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient

app = FastAPI()
collection = AsyncIOMotorClient()["crm"]["customers"]


@app.get("/customers")
async def customers(name: str):
    cursor = collection.find({"$where": f"this.name == '{name}'"})  # expect: CWE-943
    return [document["name"] async for document in cursor]
