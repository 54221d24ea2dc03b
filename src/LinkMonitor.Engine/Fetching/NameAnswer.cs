using System.Net;

namespace LinkMonitor.Engine.Fetching;

/// <summary>What a name look-up gave.</summary>
/// <param name="Kind">With <see cref="NameAnswerKind.Found"/> there is at least one address.</param>
public sealed record NameAnswer(NameAnswerKind Kind, IReadOnlyList<IPAddress> Addresses)
{
    public static NameAnswer NotFound { get; } = new(NameAnswerKind.NotFound, []);

    public static NameAnswer Failed { get; } = new(NameAnswerKind.Failed, []);

    public static NameAnswer NoNetwork { get; } = new(NameAnswerKind.NoNetwork, []);

    /// <summary><see cref="NameAnswerKind.NotFound"/> when there is no address.</summary>
    public static NameAnswer Found(IEnumerable<IPAddress> addresses)
    {
        IPAddress[] all = [.. addresses];
        return all.Length == 0 ? NotFound : new NameAnswer(NameAnswerKind.Found, all);
    }
}
