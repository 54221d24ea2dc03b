using System.Xml.Linq;
using LinkMonitor.Storage.Keys;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LinkMonitor.Dashboard.Sessions;

/// <summary>
/// Data protection's keys in the installation's storage. The interface is synchronous; the wait has an end, and data protection asks once a
/// day.
/// </summary>
internal sealed class TableDataKeys(IDataKeyStore keys, TimeProvider time) : IXmlRepository
{
    private const int MaxName = 100;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(async stop => (await keys.ListAsync(stop)).Items).Select(key => XElement.Parse(key.Xml))];

    public void StoreElement(XElement element, string friendlyName) => Wait(async stop =>
    {
        await keys.PutAsync(new DataKey(NameOf(friendlyName), element.ToString(SaveOptions.DisableFormatting)), stop);
        return true;
    });

    // Data protection's names are "key-" and a GUID, or "revocation-" and a GUID or a time.
    private static string NameOf(string name)
    {
        var safe = string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(MaxName));
        return safe.Length > 0 ? safe : $"key-{Guid.NewGuid():D}";
    }

    private T Wait<T>(Func<CancellationToken, Task<T>> work)
    {
        using var budget = new CancellationTokenSource(Budget, time);
        return Task.Run(() => work(budget.Token), budget.Token).GetAwaiter().GetResult();
    }
}
