using var rsa = RSA.Create(3072);
