using System.Security.Cryptography;
using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Composing.Facts;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts.Posting;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Channels;

/// <summary>
/// Sends a message that a user asked for, over the real channel, and tells the outcome without repeating anything the other side said.
/// </summary>
internal sealed class ChannelTest(AlertChannels channels, TimeProvider time)
{
    private const string Prefix = "test_";
    private const int IdBytes = 12;

    public async Task<ChannelTestView> SendAsync(Project project, Channel channel, CancellationToken cancellationToken)
    {
        var result = await channels.For(channel.Kind).SendAsync(Message(project, channel), cancellationToken);
        var isMail = channel.Kind == ChannelKind.Email;
        return result switch
        {
            DeliveryResult.Accepted => new ChannelTestView("accepted", "The message was accepted.", result.Status),
            DeliveryResult.Retry retry => new ChannelTestView(
                "retry", isMail ? "The mail transport did not accept the message now. An alert would be retried." : retry.Reason,
                result.Status),
            DeliveryResult.Refused refused => new ChannelTestView(
                "refused", isMail ? "The mail transport refused the message." : refused.Reason, result.Status),
            DeliveryResult.Unusable unusable => new ChannelTestView(
                "unusable", isMail ? "The mail transport says that the address does not exist." : unusable.Reason, result.Status),
            _ => throw new InvalidOperationException($"An unknown result, {result.GetType().Name}."),
        };
    }

    private AlertMessage Message(Project project, Channel channel)
    {
        var now = time.GetUtcNow();
        var id = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var name = channel.Name ?? channel.ShownAddress();
        var mail = AlertComposer.Compose(new TestFacts { AlertId = id, Project = project, ChannelName = name, At = now }, PublicLinks.None);
        var secrets = channel.SigningSecrets(now);
        return new AlertMessage
        {
            AlertId = id,
            CreatedAt = now,
            EventIds = mail.EventIds,
            Recipient = channel.Address,
            Secret = secrets is [var secret, ..] ? secret : null,
            FormerSecret = secrets is [_, var former] ? former : null,
            Kind = AlertKind.Test,
            ProjectId = project.Id.Value,
            ProjectName = project.Name,
            SenderName = project.SenderName,
            Summary = mail.Summary,
            Language = mail.Language,
            Subject = mail.Subject,
            Text = mail.Text,
            Html = mail.Html,
        };
    }
}

/// <summary>Registers what keeps the channels.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services.AddSingleton<ChannelRegistry>().AddSingleton<ChannelTest>().AddSingleton<TestLimit>();
}

/// <summary>What came of a test message.</summary>
/// <param name="Result"><c>accepted</c>, <c>retry</c> (an alert would be tried again), <c>refused</c> or <c>unusable</c>.</param>
/// <param name="Message">One sentence in our own words.</param>
/// <param name="Status">The HTTP status of the other side; null for e-mail and when it gave none.</param>
public sealed record ChannelTestView(string Result, string Message, int? Status);

/// <summary>Keeps test messages from becoming a way to post to strangers: so many in a minute for one project, in this process.</summary>
internal sealed class TestLimit(IOptions<ChannelOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ProjectId, Queue<DateTimeOffset>> _sent = [];

    /// <summary>For how many projects something is remembered.</summary>
    internal int Projects => _sent.Count;

    /// <returns>Null when one may be sent, which then counts; otherwise how long to wait.</returns>
    public TimeSpan? Take(ProjectId project)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            ForgetOld(now);
            if (!_sent.TryGetValue(project, out var sent))
                _sent[project] = sent = new Queue<DateTimeOffset>();
            if (sent.Count >= options.Value.TestsPerMinute)
                return sent.Peek() + Window - now;
            sent.Enqueue(now);
            return null;
        }
    }

    // Test messages are rare: at most a few projects are remembered at a time.
    private void ForgetOld(DateTimeOffset now)
    {
        foreach (var (project, sent) in _sent)
        {
            while (sent.TryPeek(out var first) && now - first >= Window)
                sent.Dequeue();
            if (sent.Count == 0)
                _sent.Remove(project);
        }
    }
}
