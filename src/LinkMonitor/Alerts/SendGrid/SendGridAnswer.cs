using System.Globalization;
using System.Net;
using System.Text.Json;

namespace LinkMonitor.Alerts.SendGrid;

/// <summary>What SendGrid's answers mean.</summary>
internal static class SendGridAnswer
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MaxReason = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public static async Task<DeliveryResult> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // 200 is the sandbox's success.
        if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
            return new DeliveryResult.Accepted(Header(response, "X-Message-Id"));
        var reason = await ReasonAsync(response, cancellationToken);
        return IsPassing(response.StatusCode)
            ? new DeliveryResult.Retry(reason, Wait(response, now))
            : new DeliveryResult.Refused(reason);
    }

    /// <summary>
    /// A wrong key or sender (401, 403) is a mistake in our settings, not in the message: nothing is given up while somebody can mend it.
    /// </summary>
    private static bool IsPassing(HttpStatusCode status) => status
        is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    private static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => long.TryParse(Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
                && reset <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                    ? DateTimeOffset.FromUnixTimeSeconds(reset) - now
                    : null,
        };
        if (wait is not { } told)
            return null;
        return told < TimeSpan.Zero ? TimeSpan.Zero : told > LongestWait ? LongestWait : told;
    }

    /// <summary>The status and the messages of the errors array; any other body is not repeated.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"SendGrid answered {(int)response.StatusCode}");
        var messages = await MessagesAsync(response, cancellationToken);
        if (messages.Count == 0)
            return $"{status}.";
        var reason = AlertHeaders.OneLine($"{status}: {string.Join("; ", messages)}");
        return reason.Length > MaxReason ? reason[..MaxReason] + "…" : reason;
    }

    private static async Task<IReadOnlyList<string>> MessagesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxBodyBytes];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            var answer = JsonSerializer.Deserialize(buffer.AsSpan(0, length), SendGridJsonContext.Default.SendGridErrors);
            return [.. (answer?.Errors ?? []).Where(error => error?.Message is not null).Select(Describe)];
        }
        catch (JsonException)
        {
            // A proxy's own error page, or a cut one: the status alone decides.
            return [];
        }
    }

    private static string Describe(SendGridError error) => error.Field is { Length: > 0 } field ? $"{field}: {error.Message}" : error.Message!;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
