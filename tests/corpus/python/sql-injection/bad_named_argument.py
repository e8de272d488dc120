from databases import Database
from fastapi import FastAPI

app = FastAPI()
database = Database("sqlite:///birds.db")


@app.get("/birds")
async def birds(region: str):
    rows = await database.fetch_all(query=f"SELECT name FROM birds WHERE region = '{region}'")  # expect: CWE-89
    return [row["name"] for row in rows]
