const form = { csrf: '', name: '' };

function fill(page, token) {
  form.csrf = token;
  page.render('form', { form, csrfField: '_csrf' });
}

module.exports = { fill };
