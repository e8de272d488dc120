using var rsa = new RSACryptoServiceProvider(1024);  // expect: CWE-326
