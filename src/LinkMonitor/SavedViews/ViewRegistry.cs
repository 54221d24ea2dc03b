using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkMonitor.Api;
using LinkMonitor.Api.Bodies;
using LinkMonitor.Auditing;
using LinkMonitor.Engine.Naming;
using LinkMonitor.Filtering;
using LinkMonitor.Keys;
using LinkMonitor.Snapshots;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Links;
using LinkMonitor.Storage.Rows;

namespace LinkMonitor.SavedViews;

/// <summary>
/// The views of a project as one key holder sees and changes them: shared ones are everybody's to see and the editors' to change, all
/// others are nobody else's. The built-in ones (<see cref="BuiltInViews"/>) are everybody's and nobody's to change.
/// </summary>
internal sealed class ViewRegistry(ISavedViewStore store, TimeProvider time)
{
    /// <summary>The most views of a project, those of all people together.</summary>
    public const int MaxViews = 100;

    /// <summary>In order of their names. Whose one is that cannot be read nobody can tell.</summary>
    public async Task<RowsRead<SavedView>> ListAsync(ProjectId project, KeyHolder holder, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(project, cancellationToken);
        return all with
        {
            Items =
            [
                .. all.Items.Where(view => IsSeen(view, holder))
                    .OrderBy(view => view.Name, StringComparer.OrdinalIgnoreCase).ThenBy(view => view.Id, StringComparer.Ordinal),
            ],
        };
    }

    /// <summary>Null when there is none that the holder may see.</summary>
    public async Task<SavedView?> FindAsync(ProjectId project, KeyHolder holder, string id, CancellationToken cancellationToken) =>
        SavedViewIds.IsValid(id) && await store.FindAsync(project, id, cancellationToken) is { } view && IsSeen(view, holder) ? view : null;

    /// <param name="errors">Gets what is wrong with the request.</param>
    public async Task<ViewResult> CreateAsync(
        ProjectId project, KeyHolder holder, ViewRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (request.Name is null)
            errors.AddIfNone("name", "A view needs a name.");
        if (request.Filter is null)
            errors.AddIfNone("filter", "A view needs a filter line, for example state:lost sort:-since.");
        var all = await store.ListAsync(project, cancellationToken);
        var (name, line) = Read(request, all.Items, holder, null, errors);
        if (errors.Any)
            return new ViewResult(ViewOutcome.Invalid);
        if (request.Shared is true && !MayShare(holder))
            return new ViewResult(ViewOutcome.NotAllowed);
        if (all.Count >= MaxViews)
            return new ViewResult(ViewOutcome.TooMany);
        var view = new SavedView
        {
            ProjectId = project,
            Id = SavedViewIds.New(),
            Name = name!,
            Line = line!,
            By = new Author(holder.Id, holder.Name),
            IsShared = request.Shared ?? false,
            CreatedAt = time.GetUtcNow(),
        };
        return new ViewResult(ViewOutcome.Done, await store.AddAsync(view, cancellationToken));
    }

    /// <inheritdoc cref="CreateAsync"/>
    public async Task<ViewResult> ChangeAsync(
        ProjectId project, KeyHolder holder, string id, IfMatch match, ViewRequest request, FieldErrors errors,
        CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(project, cancellationToken);
        var standing = all.Items.FirstOrDefault(view => view.Id == id && IsSeen(view, holder));
        var (name, line) = Read(request, all.Items, holder, standing, errors);
        if (standing is not null && request.Shared is false && standing.By.Id != holder.Id)
            errors.Add("shared", $"It would be {standing.By.Name}'s alone: only who saved it can take it back.");
        if (standing is null)
            return new ViewResult(errors.Any ? ViewOutcome.Invalid : ViewOutcome.NotFound);
        if (errors.Any)
            return new ViewResult(ViewOutcome.Invalid);
        if ((standing.IsShared || request.Shared is true) && !MayShare(holder))
            return new ViewResult(ViewOutcome.NotAllowed);
        if (!match.Allows(standing.Version))
            return new ViewResult(ViewOutcome.Stale);
        var view = standing with
        {
            Name = name ?? standing.Name,
            Line = line ?? standing.Line,
            IsShared = request.Shared ?? standing.IsShared,
        };
        if (!ViewRequest.Difference(standing, view).Any)
            return new ViewResult(ViewOutcome.Done, standing) { Was = standing };
        return await store.SaveAsync(view, cancellationToken) is { } saved
            ? new ViewResult(ViewOutcome.Done, saved) { Was = standing }
            : new ViewResult(ViewOutcome.Stale);
    }

    public async Task<ViewResult> DeleteAsync(
        ProjectId project, KeyHolder holder, string id, IfMatch match, CancellationToken cancellationToken)
    {
        if (await FindAsync(project, holder, id, cancellationToken) is not { } view)
            return new ViewResult(ViewOutcome.NotFound);
        if (!MayDelete(view, holder))
            return new ViewResult(ViewOutcome.NotAllowed);
        return match.Allows(view.Version) && await store.DeleteAsync(view, cancellationToken)
            ? new ViewResult(ViewOutcome.Done, view)
            : new ViewResult(ViewOutcome.Stale);
    }

    /// <summary>Of those whom a holder sees.</summary>
    public static bool MayDelete(SavedView view, KeyHolder holder) => !view.IsShared || MayShare(holder);

    /// <summary>Whether a holder may keep views for others.</summary>
    public static bool MayShare(KeyHolder holder) => holder.Scope != ApiKeyScope.Read;

    private static bool IsSeen(SavedView view, KeyHolder holder) => view.IsShared || view.By.Id == holder.Id;

    private static (string? Name, string? Line) Read(
        ViewRequest request, IReadOnlyList<SavedView> all, KeyHolder holder, SavedView? own, FieldErrors errors)
    {
        var name = request.Name?.Trim();
        if (name is not null)
        {
            if (name.Length is 0 or > ViewRequest.MaxName || name.Any(char.IsControl))
                errors.Add("name", $"1 to {ViewRequest.MaxName} characters on one line; it has {CountText.Of(name.Length, "character")}.");
            errors.CheckCharacters("name", name);
            var others = all.Where(view => IsSeen(view, holder) && view.Id != own?.Id).Select(view => view.Name);
            if (others.Concat(BuiltInViews.All.Select(view => view.Name)).Contains(name, StringComparer.OrdinalIgnoreCase))
                errors.Add("name", "There is a view of that name. Take another one.");
        }

        if (request.Filter is null)
            return (name, null);
        var reading = FilterParser.Read(request.Filter);
        foreach (var problem in reading.Problems)
            errors.Add("filter", problem.ToString());
        if (reading.Line is { Text.Length: 0 })
            errors.Add("filter", "It is empty: a view of all links needs no name. Write for example state:lost sort:-since.");
        return (name, reading.Line?.Text);
    }
}

/// <summary>What became of a request for a view.</summary>
internal enum ViewOutcome
{
    Done,

    /// <summary>What is wrong is among the errors.</summary>
    Invalid,
    NotFound,

    /// <summary>Somebody changed or deleted it since it was read.</summary>
    Stale,

    /// <summary>It concerns a shared view, and the key only reads.</summary>
    NotAllowed,

    /// <summary>The project has <see cref="ViewRegistry.MaxViews"/> already.</summary>
    TooMany,
}

/// <param name="View">As it is stored, or was until it was deleted; null unless it was done.</param>
internal sealed record ViewResult(ViewOutcome Outcome, SavedView? View = null)
{
    /// <summary>What a view that was changed was before.</summary>
    public SavedView? Was { get; init; }
}

/// <summary>A filter line under a name.</summary>
public sealed record ViewRequest : IRequestBody<ViewRequest>
{
    /// <summary>The most characters of a name.</summary>
    public const int MaxName = 60;

    static JsonTypeInfo<ViewRequest> IRequestBody<ViewRequest>.Shape => ViewJson.Default.ViewRequest;

    /// <summary>1 to 60 characters on one line, not that of another view; needed for a new view.</summary>
    public string? Name { get; init; }

    /// <summary>A filter line, not empty; needed for a new view.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether everybody who sees the project sees it; false by default. Takes a key that may write.</summary>
    public bool? Shared { get; init; }

    /// <summary>What of its settings is another one.</summary>
    internal static FieldChanges Difference(SavedView before, SavedView after) =>
        FieldChanges.Between(Of(before), Of(after), ViewJson.Default.ViewRequest, ViewJson.Default.ViewRequest);

    private static ViewRequest Of(SavedView view) => new() { Name = view.Name, Filter = view.Line, Shared = view.IsShared };
}

/// <summary>Whose a view is.</summary>
[JsonConverter(typeof(WireNameJsonConverter<ViewKind>))]
public enum ViewKind
{
    /// <summary>Every project has it, and nobody can change it.</summary>
    BuiltIn,

    /// <summary>Everybody who sees the project sees it.</summary>
    Shared,

    /// <summary>Only the key that saved it sees it.</summary>
    Mine,
}

/// <summary>A view as the API shows it.</summary>
/// <param name="Filter">The filter line in its canonical spelling, for <c>?filter=</c> of the list of links.</param>
/// <param name="Count">How many links it finds now; null when the line cannot be read any more.</param>
/// <param name="By">Who saved it; null for a built-in one.</param>
/// <param name="Version">For <c>If-Match</c>; null for a built-in one.</param>
public sealed record NamedView(
    string Id, string Name, string Filter, ViewKind Kind, int? Count, string? By, DateTimeOffset? CreatedAt, string? Version)
{
    internal static NamedView Of(SavedView view, LinkListing listing) => new(
        view.Id, view.Name, view.Line, view.IsShared ? ViewKind.Shared : ViewKind.Mine,
        FilterParser.Read(view.Line).Line is { } line ? listing.Count(line) : null, view.By.Name, view.CreatedAt, view.Version);

    internal static NamedView Of(NamedLine view, LinkListing listing) =>
        new(view.Id, view.Name, view.Line.Text, ViewKind.BuiltIn, listing.Count(view.Line), null, null, null);
}

/// <summary>The JSON of the API for views.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ViewRequest))]
[JsonSerializable(typeof(NamedView))]
[JsonSerializable(typeof(SliceView<NamedView>))]
internal sealed partial class ViewJson : JsonSerializerContext;
