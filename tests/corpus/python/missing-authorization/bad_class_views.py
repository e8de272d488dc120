from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import CreateView, DeleteView, UpdateView

from .models import Recipe


class RecipeCreate(LoginRequiredMixin, CreateView):
    model = Recipe
    fields = ["title", "text"]


class RecipeUpdate(LoginRequiredMixin, UpdateView):
    model = Recipe
    fields = ["title", "text"]


class RecipeDelete(DeleteView):  # expect: CWE-862|CWE-306
    model = Recipe
    success_url = "/recipes/"
