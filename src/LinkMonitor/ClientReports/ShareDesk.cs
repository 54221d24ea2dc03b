using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.ClientReports;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Projects;

namespace LinkMonitor.ClientReports;

/// <summary>
/// Makes and opens the addresses of reports. An address is a public address of the project, signed as all of them are, with a secret of its
/// own in it, so that one recipient's can be revoked and no other's.
/// </summary>
internal sealed class ShareDesk(
    IReportShareStore shares, IClientReportStore reports, PublicAddresses addresses, TimeProvider time)
{
    /// <summary>Openings within so much time of the last one that was counted are not.</summary>
    public static readonly TimeSpan CountedEvery = TimeSpan.FromMinutes(1);

    private const char Separator = '.';

    /// <summary>Whether this installation is reached from outside: without that there are no addresses.</summary>
    public bool CanShare => addresses.BaseUrl is not null;

    /// <summary>Makes an address.</summary>
    /// <returns>Null when the report has <see cref="ReportShare.MostOfReport"/>.</returns>
    public async Task<(ReportShare Share, Uri Url)?> MakeAsync(
        Project project, ClientReport report, string recipient, IReadOnlyList<ReportSection> sections, TimeSpan valid, Author by,
        CancellationToken cancellationToken)
    {
        if ((await shares.ListAsync(project.Id, report.Number, cancellationToken)).Count >= ReportShare.MostOfReport)
            return null;

        // First what can fail: an address that nobody was told would only stand in the list.
        var links = new PublicLinks(addresses.BaseUrl, await addresses.SignerAsync(project, cancellationToken));
        var (now, secret) = (time.GetUtcNow(), ReportIds.NewSecret());
        var share = await shares.AddAsync(
            new ReportShare
            {
                ProjectId = project.Id,
                Number = report.Number,
                Id = ReportIds.NewShare(),
                Recipient = recipient,
                Sections = sections,
                SecretHash = ReportIds.HashOf(secret),
                CreatedAt = now,
                By = by,
                ExpiresAt = now + valid,
            },
            cancellationToken);
        return (share, links.ClientReport(project.Id, Write(share, secret))!);
    }

    /// <summary>Ends an address.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<RevokedShare?> RevokeAsync(
        Project project, int number, string id, CancellationToken cancellationToken)
    {
        // Whoever opens it meanwhile writes it, too.
        for (var attempt = 0; attempt < Storage.Writing.Contention.MaxAttempts; attempt++)
        {
            if (await shares.FindAsync(project.Id, number, id, cancellationToken) is not { } share)
                return null;
            if (share.RevokedAt is not null)
                return new RevokedShare(share, IsNew: false);
            if (await shares.SaveAsync(share with { RevokedAt = time.GetUtcNow() }, cancellationToken) is { } revoked)
                return new RevokedShare(revoked, IsNew: true);
        }

        throw new Storage.Writing.ContentionException($"The address {id} was written by others at every attempt.");
    }

    /// <summary>What an address opens, and counts that it was.</summary>
    /// <returns>
    /// Null, always alike, for one that was cut, guessed, is over, was revoked, or whose report or project is gone.
    /// </returns>
    public async Task<OpenedReport?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.ClientReport, cancellationToken) is not { } opened
            || opened.Id.Split(Separator) is not [var number, var id, var secret]
            || !int.TryParse(number, System.Globalization.NumberStyles.None, null, out var of))
            return null;
        var now = time.GetUtcNow();
        if (await shares.FindAsync(opened.Project.Id, of, id, cancellationToken) is not { } share
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(share.SecretHash), Encoding.ASCII.GetBytes(ReportIds.HashOf(secret)))
            || !share.IsOpenAt(now)
            || await reports.FindAsync(opened.Project.Id, of, cancellationToken) is not { } report)
            return null;
        if (share.OpenedAt is not { } last || now - last >= CountedEvery)
        {
            // Of two at once one is counted; that an address is revoked meanwhile is never written over.
            await shares.SaveAsync(share with { OpenedAt = now, Opened = share.Opened + 1 }, cancellationToken);
        }

        return new OpenedReport(report, share);
    }

    private static string Write(ReportShare share, string secret) =>
        string.Join(
            Separator, share.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), share.Id, secret);
}

/// <param name="IsNew">False when it was revoked before.</param>
internal sealed record RevokedShare(ReportShare Share, bool IsNew);

/// <summary>What an address opened.</summary>
internal sealed record OpenedReport(ClientReport Report, ReportShare Share);
