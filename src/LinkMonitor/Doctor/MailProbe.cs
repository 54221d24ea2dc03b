using LinkMonitor.Alerts;
using LinkMonitor.Alerts.Files;
using LinkMonitor.Alerts.Planning;
using LinkMonitor.Channels;
using LinkMonitor.Storage.Channels;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Doctor;

/// <summary>Tries the way of all mail, and on demand with a mail.</summary>
internal sealed class MailProbe(
    IAlertChannel mail, ChannelTest test, IOptions<MailOptions> options, IOptions<FilesOptions> files, IOptions<AlertOptions> alertOptions,
    TimeProvider time)
{
    /// <summary>For the test at the start, which nothing should wait for long.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);

    private static readonly Project Nobody =
        new() { Id = new ProjectId("prj_doctor"), Name = "LinkMonitor", CreatedAt = DateTimeOffset.UnixEpoch };

    private bool IsFiles => options.Value.Chosen == MailTransport.Files;

    /// <summary>What keeps mail from leaving; null when nothing does.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartDeadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await mail.FindProblemAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"Mail by {mail.Kind}: there was no answer within {StartDeadline.TotalSeconds:N0} seconds.";
        }
    }

    public async Task<IReadOnlyList<Finding>> RunAsync(string? testAddress, CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { await WayAsync(cancellationToken), Operators() };
        if (testAddress is not null)
            findings.Add(await TestAsync(testAddress, cancellationToken));
        return findings;
    }

    private async Task<Finding> WayAsync(CancellationToken cancellationToken)
    {
        if (await FindProblemAsync(cancellationToken) is { } problem)
            return new Finding("mail", FindingState.Fails, problem, ToDo());
        return IsFiles
            ? new Finding(
                "mail",
                FindingState.Note,
                $"Mails are written to {Path.GetFullPath(files.Value.Folder)}; nobody gets them.",
                "To send them, set LinkMonitor:Mail:Transport to smtp or sendgrid, and its settings.")
            : new Finding("mail", FindingState.Ok, $"{options.Value.Sender} may send by {mail.Kind}.");
    }

    private string ToDo() => options.Value.Chosen switch
    {
        MailTransport.Files => "Let this user write there, or set LinkMonitor:Mail:Files:Folder to another folder.",
        MailTransport.Smtp => "Check LinkMonitor:Mail:Smtp:Host, Port, Security, User and Password, and whether the server lets you "
            + "use LinkMonitor:Mail:From.",
        _ => "Check LinkMonitor:Mail:SendGrid:ApiKey and BaseUrl.",
    };

    private Finding Operators() => alertOptions.Value.OperatorAddresses is [_, ..] operators
        ? new Finding("operators", FindingState.Ok, $"Notices go to {string.Join(", ", operators)}.")
        : new Finding("operators", FindingState.Note, "Nobody gets the notices that are for an operator; they are "
            + "only logged.", "Set LinkMonitor:Alerts:Operators to your address.");

    private async Task<Finding> TestAsync(string address, CancellationToken cancellationToken)
    {
        var channel = new Channel
        {
            ProjectId = Nobody.Id,
            Id = new ChannelId("chn_doctor"),
            Kind = ChannelKind.Email,
            Address = address,
            CreatedAt = time.GetUtcNow(),
        };
        var sent = await test.SendAsync(Nobody, channel, cancellationToken);
        return sent.Result == "accepted"
            ? new Finding("test mail", FindingState.Ok, IsFiles ? $"It was written for {address}." : $"It was accepted for {address}. "
                + "Check "
                + $"that it arrives, and not as spam.")
            : new Finding("test mail", FindingState.Fails, $"{sent.Message} ({address})", ToDo());
    }
}
