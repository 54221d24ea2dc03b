using LinkMonitor.IntegrationTests.Support;

[assembly: AssemblyFixture(typeof(SmtpFixture))]

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>
/// The run's plain mail server: no login, no TLS. Take it as a constructor parameter, and use a recipient of your own
/// (<see cref="UniqueRecipient"/>), because everything shares it. For login or TLS start a <see cref="SmtpServer"/> of your own.
/// </summary>
public sealed class SmtpFixture : IAsyncLifetime
{
    private SmtpServer? _server;
    private int _recipients;

    /// <summary>The running server.</summary>
    public SmtpServer Server => _server ?? throw new InvalidOperationException("The mail server is not running.");

    /// <summary>An address no other test of this run has.</summary>
    public string UniqueRecipient(string name) => $"{name}-{Interlocked.Increment(ref _recipients):d4}@inbox.example.org";

    public async ValueTask InitializeAsync() =>
        _server = await SmtpServer.StartAsync(new SmtpServerSettings(), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
