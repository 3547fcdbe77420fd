/** Whether the explanation of the present page is shown. */
export class Help {
  open = $state(false)
}
