from flask import Flask, jsonify, request
from flask_login import current_user, login_required

from models import Article, db

app = Flask(__name__)


@app.post("/articles")
@login_required
def create_article():
    article = Article(author_id=current_user.id, title=request.json["title"])
    db.session.add(article)
    db.session.commit()
    return jsonify(article.to_dict()), 201


@app.put("/articles/<int:article_id>")
@login_required
def update_article(article_id):
    article = Article.query.filter_by(id=article_id, author_id=current_user.id).first_or_404()
    article.title = request.json["title"]
    db.session.commit()
    return jsonify(article.to_dict())


@app.delete("/articles/<int:article_id>")  # expect: CWE-862|CWE-639
def delete_article(article_id):
    article = Article.query.get_or_404(article_id)
    db.session.delete(article)
    db.session.commit()
    return "", 204
