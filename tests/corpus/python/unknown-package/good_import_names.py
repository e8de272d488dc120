import cv2
import dateutil.parser
import sklearn.linear_model
import yaml
from bs4 import BeautifulSoup
from PIL import Image


def describe(path, html, text):
    image = Image.open(path)
    pixels = cv2.imread(path)
    title = BeautifulSoup(html, "html.parser").title
    model = sklearn.linear_model.LinearRegression()
    return image.size, pixels, title, model, yaml.safe_load(text), dateutil.parser.parse("2024-01-01")
