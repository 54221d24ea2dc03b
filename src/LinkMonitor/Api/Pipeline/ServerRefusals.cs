using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LinkMonitor.Api.Pipeline;

/// <summary>
/// Gives a problem document to what the web server refuses by itself: a request that it cannot read (400, for example %00 in the path), an
/// address or headers that are too long (414, 431). It says only the status, before any code of ours runs, and offers no place to say more
/// but the connection. An encrypted connection is left alone, as what passes there cannot be read.
/// </summary>
internal static class ServerRefusals
{
    public static void Describe(KestrelServerOptions kestrel) =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => RunAsync(connection, next)));

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        connection.Transport = new Pipes(transport.Input, new RefusalWriter(transport.Output, connection.ConnectionId));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
