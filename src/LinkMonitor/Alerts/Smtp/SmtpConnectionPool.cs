using Microsoft.Extensions.Options;

namespace LinkMonitor.Alerts.Smtp;

/// <summary>Keeps a few connections for the next mail, so that the mails of an alert do not each pay for TLS and a login.</summary>
internal sealed class SmtpConnectionPool(IOptions<SmtpOptions> options, SmtpTrust trust, TimeProvider time) : IAsyncDisposable
{
    private const int MaxIdle = 4;

    // Servers hang up after five minutes at the least (https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.2.7), many earlier.
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Stack<SmtpConnection> _idle = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>A connection that answers: an idle one, or a new one. Give it back with <see cref="KeepAsync"/>, or dispose it.</summary>
    public async Task<SmtpConnection> TakeAsync(CancellationToken cancellationToken)
    {
        while (Pop() is { } idle)
        {
            if (await AnswersAsync(idle, cancellationToken))
                return idle;
        }

        return await SmtpConnection.OpenAsync(options.Value, trust, cancellationToken);
    }

    /// <summary>Takes back a connection on which nothing is under way.</summary>
    public async ValueTask KeepAsync(SmtpConnection connection)
    {
        if (connection.IsConnected && Push(connection))
            return;
        await CloseAsync(connection);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }

        await Task.WhenAll(Drain(TimeSpan.Zero).Select(CloseAsync));
    }

    /// <summary>Whether it can be used; one that cannot, or was not waited for, is disposed.</summary>
    private static async Task<bool> AnswersAsync(SmtpConnection idle, CancellationToken cancellationToken)
    {
        var isKept = false;
        try
        {
            isKept = await idle.AnswersAsync(cancellationToken);
            return isKept;
        }
        finally
        {
            if (!isKept)
                idle.Dispose();
        }
    }

    private SmtpConnection? Pop()
    {
        lock (_lock)
            return _idle.TryPop(out var connection) ? connection : null;
    }

    private bool Push(SmtpConnection connection)
    {
        lock (_lock)
        {
            if (_disposed || _idle.Count >= MaxIdle)
                return false;
            connection.IdleSince = time.GetTimestamp();
            _idle.Push(connection);
            _timer ??= time.CreateTimer(_ => CloseOld(), null, MaxIdleTime, MaxIdleTime);
            return true;
        }
    }

    private void CloseOld()
    {
        foreach (var connection in Drain(MaxIdleTime))
            _ = CloseAsync(connection);
    }

    private List<SmtpConnection> Drain(TimeSpan idleFor)
    {
        lock (_lock)
        {
            var (old, young) = (new List<SmtpConnection>(), new List<SmtpConnection>());
            foreach (var connection in _idle)
                (time.GetElapsedTime(connection.IdleSince) >= idleFor ? old : young).Add(connection);
            _idle.Clear();
            young.Reverse();
            young.ForEach(_idle.Push);
            return old;
        }
    }

    /// <summary>Says QUIT where there is time for it; the mails are through, so that nothing depends on the answer.</summary>
    private async Task CloseAsync(SmtpConnection connection)
    {
        using (connection)
        {
            using var deadline = new CancellationTokenSource(Goodbye, time);
            try
            {
                await connection.DisconnectAsync(quit: true, deadline.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or MailKit.ProtocolException)
            {
                // The server hung up first.
            }
        }
    }
}
