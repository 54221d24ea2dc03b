using System.Text;
using LinkMonitor.Imports;
using LinkMonitor.Storage.Ids;
using LinkMonitor.Storage.Imports;
using LinkMonitor.Storage.Keys;

namespace LinkMonitor.IntegrationTests.Support;

/// <summary>Imports of a project, as far as they are wanted.</summary>
internal static class SampleImport
{
    /// <summary>One with a link of its own, so that there is something to begin and to undo.</summary>
    public static Task<string> BeginAsync(Product product, string project, ImportState state, CancellationToken cancellationToken) =>
        BeginAsync(
            product, project, "links.txt", $"https://{state}.example/{Guid.NewGuid()}\n",
            ImportChoices.None with { Target = state == ImportState.Draft ? null : "https://example.org/" }, state, cancellationToken);

    /// <summary>One of a file.</summary>
    /// <param name="state">A draft, waiting, done, or failed for a fault that was not the file's.</param>
    /// <returns>Its identity.</returns>
    public static async Task<string> BeginAsync(
        Product product, string project, string name, string text, ImportChoices choices, ImportState state,
        CancellationToken cancellationToken)
    {
        using var file = await SpooledFile.TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken);
        var order = new ImportOrder(new ProjectId(project), name, choices, new Author("test", "Anna"), state == ImportState.Draft);
        var begun = (ImportStart.Begun)await product.Get<ImportDesk>().TakeAsync(order, file!, cancellationToken);
        if (state == ImportState.Failed)
            await product.Get<IImportStore>().SaveAsync(begun.Run with { State = state, Attempts = 1 }, cancellationToken);
        if (state == ImportState.Done)
            await product.DeliverAllAsync("ImportLinks", cancellationToken);
        return begun.Run.Id;
    }
}
