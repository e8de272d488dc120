from bson import ObjectId
from fastapi import FastAPI
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel, EmailStr

app = FastAPI()
users = AsyncIOMotorClient()["crm"]["users"]


class Lookup(BaseModel):
    email: EmailStr
    team: int


@app.post("/lookup")
async def lookup(query: Lookup):
    found = await users.find_one({"email": query.email, "team": query.team})
    return {"found": found is not None}


@app.get("/users/{user_id}")
async def by_id(user_id: str):
    return {"found": await users.find_one({"_id": ObjectId(user_id)}) is not None}
