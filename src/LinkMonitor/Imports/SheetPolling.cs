using System.Globalization;
using LinkMonitor.Engine.Fetching;
using LinkMonitor.Engine.Fetching.Addresses;
using LinkMonitor.Engine.Fetching.Results;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Monitoring;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Projects;
using Microsoft.Extensions.Options;

namespace LinkMonitor.Imports;

/// <summary>Fetches a file of links from an address that a user gave, through the gate that all fetches go through.</summary>
internal sealed class SheetFetcher : IDisposable
{
    /// <summary>The most bytes of a file that is fetched.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private readonly PageFetcher _fetcher;
    private readonly AddressPolicy _addresses;

    public SheetFetcher(IOptions<MonitoringOptions> monitoring, INameResolver resolver, TimeProvider time)
    {
        var options = new FetchOptions
        {
            MaxBodyBytes = MaxBytes,
            AllowPrivateNetworks = monitoring.Value.AllowPrivateNetworks,
            UserAgent = monitoring.Value.Contact is { } contact ? FetchOptions.UserAgentWith(contact) : FetchOptions.DefaultUserAgent,
        };
        _fetcher = new PageFetcher(options, resolver, time);
        _addresses = new AddressPolicy(options.AllowPrivateNetworks);
    }

    /// <summary>What is wrong with an address before it is asked; null for nothing.</summary>
    public string? Wrong(string text, out WebUrl? url) =>
        GivenUrl.TryRead(text, out url, out var error) ? _addresses.Check(url)?.Message : error;

    /// <returns>The file, which the caller disposes, or why there is none.</returns>
    public async Task<(SpooledFile? File, string? Problem)> FetchAsync(WebUrl url, CancellationToken cancellationToken)
    {
        switch (await _fetcher.FetchAsync(url, cancellationToken))
        {
            case FetchedResponse { Status: >= 200 and < 300 } answer:
                using (var body = new MemoryStream(answer.Body.ToArray(), writable: false))
                    return (await SpooledFile.TakeAsync(body, cancellationToken), null);
            case FetchedResponse { Status: 401 or 403 or 404 } answer:
                return (null, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{url.Host} answered {answer.Status}. Publish the sheet, so that whoever has its address "
                        + $"can read it."));
            case FetchedResponse answer:
                return (null, string.Create(CultureInfo.InvariantCulture, $"{url.Host} answered {answer.Status}."));
            case FetchFailed failed:
                return (null, failed.Message);
            default:
                throw new InvalidOperationException("A fetch came to nothing that is known.");
        }
    }

    public void Dispose() => _fetcher.Dispose();
}

/// <summary>
/// Keeps a project in step with a published sheet: when it has changed, what is new in it is imported as a batch of its own. Links that
/// the sheet does not list any more stay: a sheet that was emptied by mistake must not empty a project.
/// </summary>
internal sealed class SheetPolling(IPolledSheetStore sheets, SheetFetcher fetcher, ImportDesk desk, TimeProvider time)
{
    private const int MostTries = 5;

    public async Task PollAsync(Project project, string id, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(project.Id, id, cancellationToken) is not { } sheet)
            return;
        var (outcome, hash) = await LookAsync(sheet, cancellationToken);
        await NoteAsync(sheet, outcome, hash, cancellationToken);
    }

    private async Task<(string Outcome, string? Hash)> LookAsync(PolledSheet sheet, CancellationToken cancellationToken)
    {
        if (fetcher.Wrong(sheet.Url, out var url) is { } wrong)
            return (wrong, sheet.Hash);
        var (fetched, problem) = await fetcher.FetchAsync(url!, cancellationToken);
        if (fetched is null)
            return (problem ?? "The file is too large.", sheet.Hash);
        using var file = fetched;
        if (file.Hash == sheet.Hash)
            return ("Nothing has changed.", sheet.Hash);
        var order = new ImportOrder(sheet.ProjectId, sheet.Url, ImportChoices.FromJson(sheet.Choices), sheet.By)
        {
            // The same content twice, after a crash, is one import.
            Key = $"sheet {sheet.Id} {sheet.Hash} {file.Hash}",
            SheetId = sheet.Id,
        };
        return await desk.TakeAsync(order, file, cancellationToken) switch
        {
            ImportStart.Begun begun => ($"It has changed: import {begun.Run.Id}.", file.Hash),
            ImportStart.Refused refused => ($"It cannot be imported: {refused.Problem.Message}", file.Hash),
            _ => ("It was imported already.", file.Hash),
        };
    }

    private async Task NoteAsync(PolledSheet sheet, string outcome, string? hash, CancellationToken cancellationToken)
    {
        var current = sheet;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var now = time.GetUtcNow();
            var noted = current with { AskedAt = now, Outcome = outcome, Hash = hash, DueAt = now + current.Every };
            if (await sheets.SaveAsync(noted, cancellationToken) is not null)
                return;
            if (await sheets.FindAsync(sheet.ProjectId, sheet.Id, cancellationToken) is not { } newer)
                return;
            current = newer;
        }

        throw new TimeoutException($"The sheet {sheet.Id} is written all the time.");
    }
}
