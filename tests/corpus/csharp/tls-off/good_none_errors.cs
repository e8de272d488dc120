using System.Net.Security;
using System.Net.Sockets;

public class Broker
{
    public SslStream Open(TcpClient client)
    {
        return new SslStream(client.GetStream(), false, (sender, certificate, chain, errors) => errors == SslPolicyErrors.None);
    }
}
