using LinkMonitor.Engine.Clocks;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.SavedViews;
using LinkMonitor.Sharing;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Projects;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.Exports;

/// <summary>
/// The secret addresses at which programs read a view without a key: made, listed, revoked, opened. What is stored of one does not open it.
/// </summary>
internal sealed class ExportAddressBook(
    IExportAddressStore store, ISavedViewStore views, ViewRegistry registry, PublicAddresses addresses, TimeProvider time)
{
    /// <summary>The most addresses of a project.</summary>
    public const int MaxAddresses = 100;

    /// <summary>An opening within that of the one before is not written.</summary>
    internal static readonly TimeSpan OpenedWithin = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Those that still open something, the newest first. The name of a view that is another's own is not told: it is null.
    /// </summary>
    public async Task<RowsRead<NamedAddress>> ListAsync(Project project, KeyHolder holder, CancellationToken cancellationToken)
    {
        var views = await registry.ListAsync(project.Id, holder, cancellationToken);
        var seen = views.Items.ToDictionary(view => view.Id, view => view.Name);
        var all = await store.ListAsync(project.Id, cancellationToken);
        return new RowsRead<NamedAddress>(
            [
                .. all.Items.Where(one => IsCurrent(project, one)).OrderByDescending(one => one.CreatedAt).Select(one => new NamedAddress(
                    one, one.View is null ? AllLinks : BuiltIn(one.View)?.Name ?? seen.GetValueOrDefault(one.View))),
            ],
            all.SetAside);
    }

    /// <param name="view">The id of a view that the holder sees; null for all links.</param>
    public async Task<MadeAddress> MakeAsync(
        Project project, KeyHolder holder, ExportGift gives, string? view, CancellationToken cancellationToken)
    {
        if (addresses.BaseUrl is not { } baseUrl)
            return new MadeAddress(AddressOutcome.NoPublicUrl);
        if (view is not null && BuiltIn(view) is null && await registry.FindAsync(project.Id, holder, view, cancellationToken) is null)
            return new MadeAddress(AddressOutcome.NoView);
        var all = await store.ListAsync(project.Id, cancellationToken);
        var past = all.Items.Where(one => !IsCurrent(project, one)).ToList();
        if (all.Count - past.Count >= MaxAddresses)
            return new MadeAddress(AddressOutcome.TooMany);

        // Whoever makes one clears away what opens nothing any more: so many rows stay few, and a list only reads.
        foreach (var one in past)
            await store.DeleteAsync(project.Id, one.Id, cancellationToken);
        var secret = ExportSecrets.New();
        var address = new ExportAddress
        {
            ProjectId = project.Id,
            Id = ExportSecrets.IdOf(secret),
            Gives = gives,
            View = view,
            Generation = project.PublicGeneration,
            By = holder.Author,
            CreatedAt = time.GetUtcNow(),
        };
        await store.AddAsync(address, cancellationToken);
        var links = new PublicLinks(baseUrl, await addresses.SignerAsync(project, cancellationToken));
        return new MadeAddress(AddressOutcome.Done, address, links.Export(project.Id, secret, ExportFiles.NameOf(gives)));
    }

    /// <summary>Revokes an address at once.</summary>
    /// <returns>Null when there is none.</returns>
    public async Task<ExportAddress?> RevokeAsync(Project project, string id, CancellationToken cancellationToken) =>
        ExportSecrets.IsId(id) && await store.FindAsync(project.Id, id, cancellationToken) is { } address
            && await store.DeleteAsync(project.Id, id, cancellationToken) ? address : null;

    /// <summary>What an address opens, which is noted.</summary>
    /// <param name="file">The name of the file that is asked for.</param>
    /// <returns>Null, always alike, when it is wrong, guessed, revoked, or its view is gone.</returns>
    public async Task<OpenedExport?> OpenAsync(string token, string file, CancellationToken cancellationToken)
    {
        if (await addresses.OpenAsync(token, PublicPurpose.Export, cancellationToken) is not { Project: var project, Id: var secret }
            || await store.FindAsync(project.Id, ExportSecrets.IdOf(secret), cancellationToken) is not { } address
            || file != ExportFiles.NameOf(address.Gives)
            || await LineAsync(project.Id, address.View, cancellationToken) is not var (name, line))
            return null;
        var now = time.GetUtcNow();
        if (address.OpenedAt is not { } opened || !StoredTime.IsWithin(opened, OpenedWithin, now))
            await store.NoteOpenedAsync(address, now, cancellationToken);
        return new OpenedExport(project, address.Gives, name, line);
    }

    /// <summary>What people call the links of no view.</summary>
    public const string AllLinks = "All links";

    private static NamedLine? BuiltIn(string view) => BuiltInViews.All.FirstOrDefault(one => one.Id == view);

    // The view as it is now: who changes it changes what its addresses give.
    private async Task<(string Name, FilterLine Line)?> LineAsync(ProjectId project, string? view, CancellationToken cancellationToken)
    {
        if (view is null)
            return (AllLinks, FilterLine.All);
        if (BuiltIn(view) is { } ours)
            return (ours.Name, ours.Line);
        return await views.FindAsync(project, view, cancellationToken) is { } saved && FilterParser.Read(saved.Line).Line is { } line
            ? (saved.Name, line) : null;
    }

    // Those of an earlier generation were revoked with all public addresses.
    private static bool IsCurrent(Project project, ExportAddress address) => address.Generation >= project.PublicGeneration;
}

/// <summary>The files that addresses end in: some programs go by the ending.</summary>
internal static class ExportFiles
{
    public static string NameOf(ExportGift gives) => gives switch
    {
        ExportGift.Csv => "links.csv",
        ExportGift.Xlsx => "links.xlsx",
        ExportGift.Jsonl => "links.jsonl",
        ExportGift.Rss => "changes.rss",
        _ => "terms.ics",
    };

    /// <summary>What an address gives, for people.</summary>
    public static string WordsOf(ExportGift gives) => gives switch
    {
        ExportGift.Csv => "links as CSV, for spreadsheets",
        ExportGift.Xlsx => "links as an Excel workbook",
        ExportGift.Jsonl => "links as JSON lines, for programs",
        ExportGift.Rss => "changes as RSS, for feed readers",
        _ => "ends of terms as a calendar",
    };
}

/// <summary>What became of a request for an address.</summary>
internal enum AddressOutcome
{
    Done,

    /// <summary>There is no view that the holder sees.</summary>
    NoView,
    TooMany,

    /// <summary>Nobody has said where this installation is reached.</summary>
    NoPublicUrl,
}

/// <param name="Url">The address itself, which nobody can be told again; null unless it was made.</param>
internal sealed record MadeAddress(AddressOutcome Outcome, ExportAddress? Address = null, Uri? Url = null);

/// <param name="View">The name of its view; null when it is another's own.</param>
internal sealed record NamedAddress(ExportAddress Address, string? View);

/// <summary>What an address opens.</summary>
/// <param name="View">The name of its view.</param>
internal sealed record OpenedExport(Project Project, ExportGift Gives, string View, FilterLine Line);
