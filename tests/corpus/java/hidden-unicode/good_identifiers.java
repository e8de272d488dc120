public class Fläche {
    public double größe(double länge, double breite) {
        return länge * breite; // m²
    }
}
