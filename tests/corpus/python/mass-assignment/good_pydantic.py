from fastapi import FastAPI
from pydantic import BaseModel

from models import Profile, session

app = FastAPI()


class ProfileIn(BaseModel):
    display_name: str
    city: str


@app.post("/profiles")
def create(data: ProfileIn):
    profile = Profile(**data.model_dump())
    session.add(profile)
    session.commit()
    return {"id": profile.id}
