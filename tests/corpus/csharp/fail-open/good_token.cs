class Guard1 {
    public bool VerifyToken(string token) {
        try {
            _handler.ValidateToken(token, _parameters, out _);
            return true;
        } catch (SecurityTokenException) {
            return false;
        }
    }
}
