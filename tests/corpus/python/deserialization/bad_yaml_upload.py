import yaml
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/pipelines")
async def create_pipeline(file: UploadFile):
    content = await file.read()
    config = yaml.load(content, Loader=yaml.Loader)  # expect: CWE-502
    return {"name": config.get("name"), "steps": len(config.get("steps", []))}
