using System.Security.Cryptography;
using LinkMonitor.Alerts.Composing.Matters;
using LinkMonitor.Alerts.Composing;
using LinkMonitor.Alerts.Kinds;
using LinkMonitor.Alerts;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Alerts;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.Channels;

/// <summary>Sends a message that a user asked for, over the real channel, and tells the outcome without repeating anything the other side said.</summary>
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
                "retry", isMail ? "The mail transport did not take the message now. An alert would be tried again." : retry.Reason, result.Status),
            DeliveryResult.Refused refused => new ChannelTestView(
                "refused", isMail ? "The mail transport refused the message." : refused.Reason, result.Status),
            DeliveryResult.Unusable unusable => new ChannelTestView(
                "unusable", isMail ? "The mail transport says that there is no such address." : unusable.Reason, result.Status),
            _ => throw new InvalidOperationException($"An unknown result, {result.GetType().Name}."),
        };
    }

    private AlertMessage Message(Project project, Channel channel)
    {
        var now = time.GetUtcNow();
        var id = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var name = channel.Name ?? channel.ShownAddress();
        var mail = AlertComposer.Compose(new TestMatter { AlertId = id, Project = project, ChannelName = name, At = now }, PublicLinks.None);
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
