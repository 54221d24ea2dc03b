using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        var fetched = await FetchAsync(url, null, cancellationToken);
        return (fetched.File, fetched.Problem);
    }

    /// <summary>The same, unless the file is as it was.</summary>
    /// <param name="seen">What an earlier fetch noted; null to fetch in any case.</param>
    public async Task<SheetFetch> FetchAsync(WebUrl url, FileSeen? seen, CancellationToken cancellationToken)
    {
        var result = await _fetcher.FetchAsync(url, seen, cancellationToken);
        if (seen is not null && result is FetchedResponse answer)
        {
            if (seen.IsConfirmedBy(answer))
                return new SheetFetch { IsUnchanged = true, Seen = seen };

            // A site that cannot be asked so, or contradicts itself, is asked the ordinary way.
            if (answer.Status is 304 or 412)
                return await FetchAsync(url, null, cancellationToken);
        }

        var (file, problem) = await TakeAsync(url, result, cancellationToken);
        return new SheetFetch { File = file, Problem = problem, Seen = result is FetchedResponse page ? FileSeen.Of(page) : null };
    }

    private static async Task<(SpooledFile? File, string? Problem)> TakeAsync(
        WebUrl url, FetchResult result, CancellationToken cancellationToken)
    {
        switch (result)
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

/// <summary>What came of asking for a file.</summary>
internal sealed record SheetFetch
{
    /// <summary>The site says that it is as it was.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Null when it is unchanged, or there is none; the caller disposes it.</summary>
    public SpooledFile? File { get; init; }

    /// <summary>Why there is no file; null also for one that is too large.</summary>
    public string? Problem { get; init; }

    /// <summary>What to ask with the next time; null for nothing.</summary>
    public FileSeen? Seen { get; init; }
}

/// <summary>The JSON that a sheet's validators are kept as.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FileSeen))]
internal sealed partial class SheetJson : JsonSerializerContext;

/// <summary>
/// Keeps a project in step with a published sheet: when it has changed, what is new in it is imported as a batch of its own. Links that
/// the sheet does not list any more stay: a sheet that was emptied by mistake must not empty a project.
/// </summary>
internal sealed class SheetPolling(IPolledSheetStore sheets, SheetFetcher fetcher, ImportDesk desk, TimeProvider time)
{
    private const int MostTries = 5;
    private const string Refused = "It cannot be imported: ";

    /// <summary>A site that says by mistake that nothing has changed is believed for so long.</summary>
    private static readonly TimeSpan ReadInFullEvery = TimeSpan.FromDays(7);

    public async Task PollAsync(Project project, string id, CancellationToken cancellationToken)
    {
        if (await sheets.FindAsync(project.Id, id, cancellationToken) is not { } sheet)
            return;
        var looked = await LookAsync(sheet, cancellationToken);
        await NoteAsync(sheet, looked, cancellationToken);
    }

    /// <returns>What to note of the sheet.</returns>
    private async Task<Func<PolledSheet, PolledSheet>> LookAsync(PolledSheet sheet, CancellationToken cancellationToken)
    {
        if (fetcher.Wrong(sheet.Url, out var url) is { } wrong)
            return noted => noted with { Outcome = wrong };
        var now = time.GetUtcNow();
        var mayAsk = sheet.Hash is not null && sheet.Seen is not null && sheet.ReadAt is { } read && now - read < ReadInFullEvery;
        var seen = mayAsk ? JsonSerializer.Deserialize(sheet.Seen!, SheetJson.Default.FileSeen) : null;
        var fetched = await fetcher.FetchAsync(url!, seen, cancellationToken);
        using var file = fetched.File;
        if (fetched.IsUnchanged)
            return noted => noted with { Outcome = Unchanged(noted) };
        if (file is null)
            return noted => noted with { Outcome = fetched.Problem ?? "The file is too large." };
        var validators = fetched.Seen is { } fresh ? JsonSerializer.Serialize(fresh, SheetJson.Default.FileSeen) : null;
        if (file.Hash == sheet.Hash)
            return noted => noted with { Outcome = Unchanged(noted), ReadAt = now, Seen = validators };
        var order = new ImportOrder(sheet.ProjectId, sheet.Url, ImportChoices.FromJson(sheet.Choices), sheet.By)
        {
            // The same content twice, after a crash, is one import.
            Key = $"sheet {sheet.Id} {sheet.Hash} {file.Hash}",
            SheetId = sheet.Id,
        };
        var start = await desk.TakeAsync(order, file, cancellationToken);
        var outcome = start switch
        {
            ImportStart.Begun => sheet.Hash is null ? "It was read for the first time, and imported." : "It has changed, and was imported.",
            ImportStart.Refused refused => $"{Refused}{refused.Problem.Message}",
            _ => "It was imported already.",
        };
        var (hash, import) = (file.Hash, (start as ImportStart.Begun)?.Run.Id);
        return noted => noted with
        {
            Outcome = outcome,
            Hash = hash,
            NewAt = now,
            ReadAt = now,
            Seen = validators,
            ImportId = import ?? noted.ImportId,
        };
    }

    // Why it could not be imported is true until it changes.
    private static string Unchanged(PolledSheet sheet)
    {
        var since = sheet.NewAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"It has not changed since {at:yyyy-MM-dd HH:mm} UTC.")
            : "Nothing has changed.";
        return sheet.Outcome?.IndexOf(Refused, StringComparison.Ordinal) is >= 0 and var why ? $"{since} {sheet.Outcome[why..]}" : since;
    }

    private async Task NoteAsync(PolledSheet sheet, Func<PolledSheet, PolledSheet> looked, CancellationToken cancellationToken)
    {
        var current = sheet;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var now = time.GetUtcNow();
            if (await sheets.SaveAsync(looked(current) with { AskedAt = now, DueAt = now + current.Every }, cancellationToken) is not null)
                return;
            if (await sheets.FindAsync(sheet.ProjectId, sheet.Id, cancellationToken) is not { } newer)
                return;
            current = newer;
        }

        throw new TimeoutException($"The sheet {sheet.Id} is written all the time.");
    }
}
