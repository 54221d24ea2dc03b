using System.Text.Json;
using Azure.Data.Tables;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Keys;
using LinkMonitor.Storage.Rows;
using LinkMonitor.Storage.Tables;

namespace LinkMonitor.Storage.Links;

/// <summary>An answer of a person that another one took the place of, or that was taken back.</summary>
/// <param name="EndedAt">When that was; of one that was replaced, when the other was given.</param>
/// <param name="EndedBy">Who did it.</param>
/// <param name="IsTakenBack">False when another answer took its place.</param>
public sealed record FormerAnswer(HumanAnswer Answer, DateTimeOffset EndedAt, Author EndedBy, bool IsTakenBack);

/// <summary>What people said of links before: rows beside those of the links, in the <c>Links</c> table.</summary>
public interface IFormerAnswerStore
{
    /// <summary>Keeps an answer before another one takes its place. Keeping it again changes nothing.</summary>
    Task PutAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken);

    /// <summary>The answers before the last one, the newest first.</summary>
    /// <param name="maxItems">1 to 1,000; the others are left out.</param>
    Task<IReadOnlyList<FormerAnswer>> ListAsync(ProjectId projectId, LinkId linkId, int maxItems, CancellationToken cancellationToken);

    /// <summary>Takes one away that counts again.</summary>
    Task RemoveAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IFormerAnswerStore"/>
internal sealed class TableFormerAnswerStore(StoreTables tables) : IFormerAnswerStore
{
    private const string Prefix = "answer:";
    private const string Answer = "answer";
    private const string Proof = "answerProof";
    private const string EndedAt = "endedAt";
    private const string EndedById = "endedById";
    private const string EndedByName = "endedByName";
    private const string TakenBack = "takenBack";

    private readonly RowTable _table = tables.Open(TableNames.Links);

    public Task PutAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken)
    {
        var row = RowSchema.New(projectId.Value, Key(linkId, answer));
        row[Answer] = JsonSerializer.Serialize(answer.Answer, LinkRowJson.Stored.HumanAnswer);
        row[Proof] = answer.Answer.Proof is { } proof ? LinkRow.Write(proof) : null;
        row[EndedAt] = answer.EndedAt;
        row[EndedById] = answer.EndedBy.Id;
        row[EndedByName] = answer.EndedBy.Name;
        row[TakenBack] = answer.IsTakenBack ? true : null;
        return _table.PutAsync(row, cancellationToken);
    }

    public async Task<IReadOnlyList<FormerAnswer>> ListAsync(
        ProjectId projectId, LinkId linkId, int maxItems, CancellationToken cancellationToken)
    {
        List<FormerAnswer> answers = [];
        var range = KeyRange.StartingWith(projectId.Value, $"{Prefix}{linkId.Value}:");
        await foreach (var answer in _table.ReadAsync(range, Read, cancellationToken))
        {
            answers.Add(answer);
            if (answers.Count == maxItems)
                break;
        }

        return answers;
    }

    public Task RemoveAsync(ProjectId projectId, LinkId linkId, FormerAnswer answer, CancellationToken cancellationToken) =>
        _table.DeleteAsync(projectId.Value, Key(linkId, answer), Azure.ETag.All, cancellationToken);

    private static string Key(LinkId linkId, FormerAnswer answer) => $"{Prefix}{linkId.Value}:{KeyTime.Descending(answer.EndedAt)}";

    private static FormerAnswer Read(TableEntity row) => new(
        row.Json(Answer, LinkRowJson.Stored.HumanAnswer) with { Proof = row.JsonOrNull(Proof, LinkRowJson.Stored.HandedPage) },
        row.Time(EndedAt), new Author(row.Text(EndedById), row.Text(EndedByName)), row.GetBoolean(TakenBack) ?? false);
}
