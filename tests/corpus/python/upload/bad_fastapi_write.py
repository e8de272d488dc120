from fastapi import FastAPI, File, UploadFile

app = FastAPI()


@app.post("/avatars")
async def avatar(file: UploadFile = File(...)):
    path = f"static/avatars/{file.filename}"
    with open(path, "wb") as out:  # expect: CWE-434|CWE-22
        out.write(await file.read())
    return {"path": path}
