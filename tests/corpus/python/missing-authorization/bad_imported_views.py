from django.contrib.auth.mixins import LoginRequiredMixin as BaseLoginRequiredMixin
from django.views.generic import CreateView as BaseCreateView, DeleteView as BaseDeleteView, UpdateView as BaseUpdateView

from .models import Recipe as BaseRecipe


class RecipeCreate(BaseLoginRequiredMixin, BaseCreateView):
    model = BaseRecipe
    fields = ["title", "text"]


class RecipeUpdate(BaseLoginRequiredMixin, BaseUpdateView):
    model = BaseRecipe
    fields = ["title", "text"]


class RecipeDelete(BaseDeleteView):  # expect: CWE-862|CWE-306
    model = BaseRecipe
    success_url = "/recipes/"
